"""Runs espalier-cli for the measurements."""
import json
import os
import subprocess


def run(cli, workspace, *arguments, variables=None):
    """The JSON lines of one call; `variables` are added to the environment."""
    process = subprocess.run([str(cli.resolve()), "--workspace", workspace, "--quiet", "--json", *arguments],
                             check=True, stdout=subprocess.PIPE, text=True, env=os.environ | (variables or {}))
    return [json.loads(line) for line in process.stdout.splitlines() if line.startswith("{")]


def best_epoch(cli, workspace, name, dataset, *settings, variables=None):
    """Seconds of the quicker training pass of two of the CNN snippet, batch 256, without validation."""
    run(cli, workspace, "experiment", "create", name, "--dataset", dataset, "--snippet", "CNN",
        "--input", "image", "--target", "category")
    run(cli, workspace, "experiment", "set", name, "batch_size=256", "epochs=2", "validation_subset=", *settings)
    events = run(cli, workspace, "experiment", "run", name, variables=variables)
    return min(event["seconds"] for event in events if event["event"] == "epoch")
