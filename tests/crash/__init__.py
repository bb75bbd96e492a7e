"""Kills, failing disks and damage against the life of reports: `make crash`, not `make test`."""
