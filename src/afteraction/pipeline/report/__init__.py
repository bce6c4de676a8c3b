"""One analysis as a document: JSON first, and HTML and Markdown made of that JSON, so that all three say the same."""
