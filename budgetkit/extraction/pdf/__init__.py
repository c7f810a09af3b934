"""What a PDF prints: characters with boxes, ruled lines, and lines of text."""
