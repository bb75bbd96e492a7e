"""What people touch: the pages, their wording, the server and the command line."""
