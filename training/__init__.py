"""How the shipped models are made, reproducibly. Not installed with the product."""
