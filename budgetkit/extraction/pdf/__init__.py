"""First step: what a PDF prints, as characters with boxes, ruled lines and lines of text."""
