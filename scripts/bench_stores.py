#!/usr/bin/env python3
"""The same quads and the same questions in other stores: how long they take to load and to answer, and how much memory.

    HAND_ON=handed cargo run --release -p entente-graph --example bench -- 2000000 kg2m     # writes graph.nq and the questions
    scripts/bench_stores.py handed [--only virtuoso|jena|oxigraph] [--seconds 30]

Virtuoso: apt-get install virtuoso-opensource-7 virtuoso-opensource-7-bin. Jena: apt-get install libapache-jena-java and a JDK
(17). oxigraph's own server: pip install oxigraph. What is not installed is passed over and said.

Each question is asked four times and the best time counts, after the load and in one process: Jena within its virtual
machine, Virtuoso and oxigraph over HTTP on the same machine, with the answer as CSV. A question that takes longer than
--seconds counts as not answered. Virtuoso's default graph is the union of all graphs, so there it reads more quads.
"""

import argparse, pathlib, re, resource, shutil, socket, statistics, subprocess, sys, tempfile, time, urllib.error, urllib.parse, urllib.request

from jena import class_path, installed

INI = """[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
DirsAllowed = {handed}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryExecutionTime = 0
"""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(port, process):
    for _ in range(600):
        if process.poll() is not None:
            sys.exit(f"{process.args[0]} ended with {process.returncode}")
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{process.args[0]} does not answer")


def memory(process):
    """The most that a process has held so far, in MB."""
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024


def over_http(url, folder, seconds):
    """Best time and rows of every question, sent by POST."""
    times = {}
    for path in sorted(folder.glob("*.rq")):
        body = urllib.parse.urlencode({"query": path.read_text()}).encode()
        best, rows = None, 0
        for _ in range(4):
            request = urllib.request.Request(url, body, {"Accept": "text/csv"})
            began = time.perf_counter()
            try:
                with urllib.request.urlopen(request, timeout=seconds) as answer:
                    text = answer.read()
            except (urllib.error.HTTPError, TimeoutError, urllib.error.URLError) as error:
                said = error.read()[:200] if isinstance(error, urllib.error.HTTPError) else error
                print(f"  {path.stem}: {said}", file=sys.stderr)
                break
            took = (time.perf_counter() - began) * 1000
            best, rows = min(took, best or took), text.count(b"\n") - 1
        times[path.stem] = (best, rows)
    return times


def virtuoso(folder, work, seconds):
    sql, http = free_port(), free_port()
    (work / "virtuoso.ini").write_text(INI.format(sql=sql, http=http, handed=folder))
    with subprocess.Popen(["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"], cwd=work,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(http, process)
            load = f"ld_dir('{folder}', 'graph.nq', 'https://w3id.org/entente/known'); rdf_loader_run(); checkpoint;"
            began = time.perf_counter()
            subprocess.run(["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={load}"], check=True, stdout=subprocess.DEVNULL)
            loaded = time.perf_counter() - began
            times = over_http(f"http://127.0.0.1:{http}/sparql", folder, seconds)
            return loaded, memory(process), times
        finally:
            process.kill()


def oxigraph(folder, work, seconds):
    port = free_port()
    began = time.perf_counter()
    subprocess.run(["oxigraph", "load", "--location", "db", "--file", folder / "graph.nq"], cwd=work, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    loaded = time.perf_counter() - began
    with subprocess.Popen(["oxigraph", "serve-read-only", "--location", "db", "--bind", f"127.0.0.1:{port}"], cwd=work,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(port, process)
            times = over_http(f"http://127.0.0.1:{port}/query", folder, seconds)
            return loaded, memory(process), times
        finally:
            process.kill()


def jena(folder, work, seconds):
    path = class_path(work)
    began = time.perf_counter()
    subprocess.run(["java", "-Xmx4g", "-cp", path, "tdb2.tdbloader", "--loc", "db", folder / "graph.nq"], cwd=work, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    loaded = time.perf_counter() - began
    source = pathlib.Path(__file__).with_name("BenchJena.java")
    answers = subprocess.run(["java", "-Xmx4g", "-cp", path, source, "db", folder, str(seconds)], cwd=work, check=True,
                             text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    times = {}
    for line in answers.splitlines():
        name, best, rows = line.split("\t")
        times[name] = (None if best == "-" else float(best), int(rows))
    return loaded, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, times


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--only", choices=["virtuoso", "jena", "oxigraph"])
    parser.add_argument("--seconds", type=int, default=30)
    arguments = parser.parse_args()
    folder = arguments.folder.resolve()
    quads = sum(1 for _ in open(folder / "graph.nq", "rb"))
    print(f"{quads:,} quads")
    for store, program in (("virtuoso", "virtuoso-t"), ("oxigraph", "oxigraph"), ("jena", "java")):
        if arguments.only not in (None, store):
            continue
        if not shutil.which(program) or store == "jena" and not installed():
            print(f"{store}: not installed")
            continue
        with tempfile.TemporaryDirectory() as work:
            loaded, used, times = globals()[store](folder, pathlib.Path(work), arguments.seconds)
        known = [best for best, _ in times.values() if best is not None]
        print(f"{store}: load {loaded:.1f} s ({quads / loaded:,.0f} quads/s), {used:.0f} MB; {len(known)} of {len(times)} answered, "
              f"median {statistics.median(known):.0f} ms, slowest {max(known):.0f} ms")
        for name, (best, rows) in times.items():
            print(f"  {'-' if best is None else f'{best:.1f}':>9} ms {rows:8} rows  {name}", flush=True)


if __name__ == "__main__":
    main()
