"""What tests share: documents, pages and cases made for them, and their truth."""
