"""What pages show: charts, pictures of printed pages, notebooks that are run, HTML and PDF."""
