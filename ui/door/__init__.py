"""The door: who a request comes from, and what that person may do."""
