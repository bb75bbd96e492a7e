"""`hochoi backup` and `hochoi restore`."""

import argparse
from contextlib import ExitStack

from hochoi.locks import ProcessLock
from hochoi.record.backup import Manifest, restore_backup, write_backup
from hochoi.settings import Settings
from ui.command_log import note
from ui.json_output import Json
from ui.output import print_json, print_line


def backup(settings: Settings, options: argparse.Namespace) -> int:
    """Write one file with everything, while the server runs."""
    manifest = write_backup(settings.var, options.file.absolute())
    note(settings, "library.backup", detail=f"{manifest.reports} reports")
    if options.json:
        print_json({"file": str(options.file), **manifest_json(manifest)})
    else:
        print_line(f"backed up {_summary(manifest)} into {options.file}")
    return 0


def restore(settings: Settings, options: argparse.Namespace) -> int:
    """Bring a backup back; refused while anybody serves or writes."""
    with ExitStack() as stack:
        for name in ("writer.lock", "index.lock"):
            stack.enter_context(ProcessLock(settings.var / name, "restoring a backup"))
        manifest = restore_backup(options.file.absolute(), settings.var, replace=options.replace)
        made = f"{manifest.reports} reports as of {manifest.made_at}"
        note(settings, "library.restore", detail=made)  # in the log that came back with them
    if options.json:
        print_json({"file": str(options.file), **manifest_json(manifest)})
    else:
        print_line(f"restored {_summary(manifest)} from {options.file}")
    return 0


def manifest_json(manifest: Manifest) -> Json:
    """Return what a backup holds as commands print it."""
    return {
        "made_at": manifest.made_at,
        "schema": manifest.schema,
        "revision": manifest.revision,
        "reports": manifest.reports,
        "files": [{"name": f.name, "size": f.size, "sha256": f.sha256} for f in manifest.files],
    }


def _summary(manifest: Manifest) -> str:
    size = sum(file.size for file in manifest.files) / 2**20
    names = ", ".join(file.name for file in manifest.files)
    return f"{manifest.reports} reports ({names}; {size:.1f} MB)"
