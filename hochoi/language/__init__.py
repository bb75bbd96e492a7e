"""What Vietnamese text says by its form: sentences, tokens, typing, spelling, numbers, topics."""
