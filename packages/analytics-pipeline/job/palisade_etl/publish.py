"""From staging to where readers look, so that a run that is killed at any moment loses nothing.

Until `commit.json` is there a run has changed nothing that anybody reads: what it staged is swept away, and its files are read anew. From then on the
next run carries it out: each step replaces one object at once and can be done twice. `manifest.json` says that it is done. One run at a time: Glue's
MaxConcurrentRuns is 1.
"""

import json

from .plan import runs_folder
from .store import join, store_of


def staging_folder(config):
    return join(config.state, "staging")


def commit(config, run, manifest, steps):
    store_of(config.state).write(join(runs_folder(config), run, "commit.json"), _written({"steps": steps, "manifest": manifest}))


def carry_out(config, run, fault=lambda _point: None):
    """Copies what is staged to its places. Returns the manifest."""
    store = store_of(config.state)
    marker = join(runs_folder(config), run, "commit.json")
    committed = json.loads(store.read(marker))
    for step in committed["steps"]:
        store.copy(step["from"], step["to"])
        fault("between-copies")
    store.write(join(runs_folder(config), run, "manifest.json"), _written(committed["manifest"]))
    fault("before-sweep")
    store.delete(marker)
    store.delete_all(join(staging_folder(config), run))
    return committed["manifest"]


def recover(config):
    """Carries out what was committed and sweeps away what was not. Returns the runs that were carried out."""
    store = store_of(config.state)
    carried = []
    for found in store.list(runs_folder(config)):
        if found.name.endswith("/commit.json"):
            run = found.name.rsplit("/", 2)[-2]
            carry_out(config, run)
            carried.append(run)
    store.delete_all(staging_folder(config))
    return carried


def _written(value):
    return json.dumps(value, indent=1, sort_keys=True).encode()
