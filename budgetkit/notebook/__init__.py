"""Display in JupyterLab: cards, printed tables, and frames to sort and search."""
