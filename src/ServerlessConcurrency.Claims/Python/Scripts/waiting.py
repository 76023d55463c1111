"""Tasks that only wait, all at once, on an event loop and on threads, each in processes of their own."""
import asyncio
import gc
import json
import multiprocessing
import sys
import threading
import time

from workload import still_wanted

try:
    import resource
except ImportError:
    resource = None

LINUX = sys.platform == "linux"
# The least that every system accepts and any thread here needs.
STACK_BYTES = 256 * 1024
FEWEST_TASKS = 10


def status(field):
    """A number of /proc/self/status; sizes in KiB."""
    with open("/proc/self/status") as lines:
        for line in lines:
            if line.startswith(field + ":"):
                return int(line.split()[1])
    return None


class Gathering:
    """Takes down on which threads tasks end, and the threads of the process when the last task has begun to wait."""

    def __init__(self, tasks):
        self.left = tasks
        self.waiting = self.waiting_at_once = 0
        self.lock = threading.Lock()
        self.task_threads = set()
        self.process_threads = None

    def begin(self):
        with self.lock:
            self.left -= 1
            self.waiting += 1
            self.waiting_at_once = max(self.waiting_at_once, self.waiting)
            if self.left == 0 and LINUX:
                self.process_threads = status("Threads")

    def end(self):
        with self.lock:
            self.waiting -= 1
            self.task_threads.add(threading.get_ident())


def wait_on_loop(gathering, tasks, seconds):
    async def wait():
        gathering.begin()
        await asyncio.sleep(seconds)
        gathering.end()

    async def main():
        await asyncio.gather(*(wait() for _ in range(tasks)))

    loop = asyncio.new_event_loop()
    loop.run_until_complete(main())
    loop.close()


def wait_on_threads(gathering, tasks, seconds):
    def wait():
        gathering.begin()
        time.sleep(seconds)
        gathering.end()

    threading.stack_size(STACK_BYTES)
    started = []
    try:
        for _ in range(tasks):
            thread = threading.Thread(target=wait)
            thread.start()
            started.append(thread)
    finally:
        for thread in started:
            thread.join()


VARIANTS = {"asyncio": wait_on_loop, "threading": wait_on_threads}


def switches():
    if resource is None:
        return None
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_nvcsw + usage.ru_nivcsw


def begin_memory():
    """The resident set in KiB now, from which on its peak is kept; None where that is not to be had."""
    if not LINUX:
        return None
    try:
        with open("/proc/self/clear_refs", "w") as refs:
            refs.write("5")
    except OSError:
        return None
    return status("VmRSS")


def wait_once(variant, tasks, seconds):
    gathering = Gathering(tasks)
    gc.collect()
    memory, before, began = begin_memory(), switches(), time.perf_counter()
    VARIANTS[variant](gathering, tasks, seconds)
    elapsed = time.perf_counter() - began
    return {
        "variant": variant,
        "tasks": tasks,
        "seconds": elapsed,
        "task_threads": len(gathering.task_threads),
        "waiting_at_once": gathering.waiting_at_once,
        "process_threads": gathering.process_threads,
        "switches": None if before is None else switches() - before,
        "grown_bytes": None if memory is None else max(0, status("VmHWM") - memory) * 1024,
    }


def serve(orders, variant, seconds):
    """A process for one variant."""
    wait_once(variant, FEWEST_TASKS, 0.001)
    first = True
    while True:
        try:
            turn = orders.recv()
        except EOFError:
            return
        if turn is None:
            return
        number, tasks = turn
        while True:
            try:
                measured = wait_once(variant, tasks, seconds)
                break
            except RuntimeError:
                # That is how CPython says that the system allows no further thread.
                if tasks // 2 < FEWEST_TASKS:
                    raise
                tasks //= 2
        if not first:
            # Later rounds wait in memory that the first has left behind.
            measured["grown_bytes"] = None
        first = False
        orders.send({**measured, "round": number})


def start(context, variant, seconds):
    mine, theirs = context.Pipe()
    child = context.Process(target=serve, args=(theirs, variant, seconds), daemon=True)
    child.start()
    theirs.close()
    return mine, child


def play(context, options, threads, numbers):
    """Rounds in fresh processes; there are fewer threads once the system did not allow as many."""
    many = options["loop_tasks"]
    # Threads come first in the first round: it shows how many there can be, and a loop is to have as many tasks.
    variants = [("threading", None)] + ([("asyncio", None)] if options["threads"] != many else []) + [("asyncio", many)]
    children = [(variant, tasks, *start(context, variant, options["wait_ms"] / 1000)) for variant, tasks in variants]
    rounds = []
    for number in numbers:
        still_wanted()
        for variant, tasks, orders, _ in children if number % 2 == 0 else reversed(children):
            orders.send((number, tasks or threads))
            rounds.append(orders.recv())
            if variant == "threading":
                threads = rounds[-1]["tasks"]
    for _, _, orders, child in children:
        orders.send(None)
        child.join()
    return rounds, threads


def main(options):
    fork = LINUX and "fork" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if fork else "spawn")
    rounds, per_process, threads = [], options["rounds_per_process"], options["threads"]
    for first in range(0, options["rounds"], per_process):
        played, threads = play(context, options, threads, range(first, min(first + per_process, options["rounds"])))
        rounds += played
    print(json.dumps(rounds))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
