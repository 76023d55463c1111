"""Tasks that wait, one after another and on threads, in turn."""
import http.client
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from workload import delay, mix, start, still_wanted

options = json.loads(sys.argv[1])


def call_server(size, index, seed):
    server = urlsplit(options["server"])
    connection = http.client.HTTPConnection(server.hostname, server.port)
    try:
        connection.request("GET", f"/work?ms={size}&index={index}&seed={seed}")
        answer = int(connection.getresponse().read(), 16)
    finally:
        connection.close()
    assert answer == mix(start(index, seed) ^ size)
    return answer


def write_file(size, index, seed):
    content = start(index, seed).to_bytes(8, "little") * (128 * size)
    path = os.path.join(options["folder"], f"python-{os.getpid()}-{index}.tmp")
    with open(path, "w+b", buffering=0) as file:
        file.write(content)
        os.fsync(file.fileno())
        file.seek(0)
        assert file.read() == content
    os.remove(path)
    return len(content)


WORKLOADS = {"delay": delay, "http": call_server, "file": write_file}


def measure(run):
    began = time.perf_counter()
    checksums = run()
    return time.perf_counter() - began, checksums


def main():
    times = {kind: {"sequential": [], "parallel": []} for kind in options["workloads"]}
    indexes = range(options["tasks"])
    with ThreadPoolExecutor(options["threads"]) as threads:
        list(threads.map(time.sleep, [0.01] * options["threads"]))
        for number in range(options["rounds"]):
            still_wanted()
            for kind, size in options["workloads"].items():
                def execute(index):
                    return WORKLOADS[kind](size, index, options["seed"])

                ways = [
                    ("sequential", lambda: [execute(index) for index in indexes]),
                    ("parallel", lambda: list(threads.map(execute, indexes))),
                ]
                # Every other round goes backwards: what changes steadily meanwhile changes nothing between the ways.
                checksums = {}
                for way, run in ways if number % 2 == 0 else reversed(ways):
                    elapsed, checksums[way] = measure(run)
                    times[kind][way].append(elapsed)
                assert checksums["parallel"] == checksums["sequential"]

    print(json.dumps(times))


main()
