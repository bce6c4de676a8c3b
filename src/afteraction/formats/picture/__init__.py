"""Pictures as evidence: PNG, JPEG, GIF, WebP and SVG."""
