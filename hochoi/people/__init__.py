"""The people who use the product: accounts, sessions, what they did, what they keep."""
