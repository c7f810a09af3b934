"""How things show themselves in JupyterLab: cards, tables as printed, frames to sort and search."""
