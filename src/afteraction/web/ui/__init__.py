"""What every page is made of: templates, style, marks and the drawing of plots."""
