"""From a PDF to rows: characters and rules, tables and prose, one document after another."""
