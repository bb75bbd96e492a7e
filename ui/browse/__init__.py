"""The pages on which visits are browsed: table, timeline, network, coverage. All plain HTML."""
