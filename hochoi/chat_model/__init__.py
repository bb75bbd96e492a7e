"""Talks to a configured language model: prompts, transport, time-outs, breaker."""
