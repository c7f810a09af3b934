"""The lessons as static pages: text, pictures and exercises, for a phone and without Python."""
