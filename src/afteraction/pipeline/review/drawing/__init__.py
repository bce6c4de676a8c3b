"""The four drawings of one cause graph, as SVG: page, print and export show the same."""
