#!/usr/bin/env python3
"""Espalier against reference programs, run alternately (A B A B ...) so that both see the same machine.

    tests/benchmarks/compare.py --cli build/release/bin/espalier-cli --reference DIR --data DIR

DIR of --reference holds peer_pytorch.py and peer_import.py, DIR of --data Fashion-MNIST (IDX files and
fashion-mnist.zip). Prints one line per ratio; medians over --rounds. Needs python3-torch and python3-pil.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile


class Cli:
    def __init__(self, program, workspace):
        self.base = [str(program), "--workspace", str(workspace), "--quiet", "--json"]

    def __call__(self, *arguments):
        process = subprocess.run([*self.base, *arguments], check=True, stdout=subprocess.PIPE, text=True)
        return [json.loads(line) for line in process.stdout.splitlines() if line.startswith("{")]


def peak_memory_of(command):
    """Largest resident memory of a child, in bytes, and its output."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command} failed")
    return usage.ru_maxrss * 1024, output


def reference_python():
    """python3-torch belongs to the system's Python, not to another one that may come first on the path."""
    return "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else sys.executable


def compare_import(options, cli_path):
    zip_path = options.data / "fashion-mnist.zip"
    ours, theirs, memory = [], [], 0
    for number in range(options.rounds):
        with tempfile.TemporaryDirectory() as workspace:
            Cli(cli_path, workspace)("project", "create", "Import")
            peak, output = peak_memory_of([str(cli_path), "--workspace", workspace, "--quiet", "--json",
                                           "dataset", "import", str(zip_path), "--project", "Import", "--name", "F"])
            done = json.loads(output.splitlines()[-1])
            assert done["rows"] == 70000, done
            ours.append(done["rows"] / done["seconds"])
            memory = max(memory, peak)
        output = subprocess.run([reference_python(), str(options.reference / "peer_import.py"), str(zip_path)],
                                check=True, stdout=subprocess.PIPE, text=True).stdout
        theirs.append(json.loads(output)["rows_per_second"])
    report("import, rows/s", ours, theirs)
    print(f"import, peak memory: {memory / 1e6:.0f} MB")


def compare_training(options, cli_path):
    with tempfile.TemporaryDirectory() as workspace:
        cli = Cli(cli_path, workspace)
        cli("project", "create", "Speed")
        cli("dataset", "import", str(options.data / "fashion-mnist.zip"), "--project", "Speed", "--name", "F")
        cli("dataset", "save", "F@1")
        ours, theirs, memory, peer_memory = [], [], 0, 0
        for number in range(options.rounds):
            name = f"CNN {number}"
            cli("experiment", "create", name, "--dataset", "F@1", "--snippet", "CNN",
                "--input", "image", "--target", "category")
            cli("experiment", "set", name, "batch_size=256", f"epochs={options.epochs}", f"threads={options.threads}")
            events = cli("experiment", "run", name)
            epochs = [event for event in events if event["event"] == "epoch"]
            ours.append(max(epoch["examples_per_second"] for epoch in epochs))
            memory = max(memory, events[-1]["peak_memory_bytes"])
            peak, output = peak_memory_of([reference_python(), str(options.reference / "peer_pytorch.py"),
                                           "--data", str(options.data), "--epochs", str(options.epochs),
                                           "--threads", str(options.threads)])
            theirs.append(max(json.loads(line)["images_per_second"] for line in output.splitlines()))
            peer_memory = max(peer_memory, peak)
            print(f"  round {number + 1}: {ours[-1]:.0f} against {theirs[-1]:.0f} images/s", flush=True)
    report("training float32, images/s (best epoch)", ours, theirs)
    print(f"training, peak memory: {memory / 1e6:.0f} MB against {peer_memory / 1e6:.0f} MB "
          f"= {memory / peer_memory:.2f}x")


def report(what, ours, theirs):
    a, b = statistics.median(ours), statistics.median(theirs)
    print(f"{what}: {a:.0f} against {b:.0f} = {a / b:.2f}x  (medians of {len(ours)})", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", type=pathlib.Path, required=True)
    parser.add_argument("--reference", type=pathlib.Path, required=True)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--only", choices=["import", "training"])
    options = parser.parse_args()
    cli_path = options.cli.resolve()
    if options.only != "training":
        compare_import(options, cli_path)
    if options.only != "import":
        compare_training(options, cli_path)


if __name__ == "__main__":
    main()
