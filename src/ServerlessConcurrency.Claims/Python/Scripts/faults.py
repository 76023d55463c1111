"""Tasks on processes or on threads, of which one fails while the others are in the middle of theirs."""
import ctypes
import json
import multiprocessing
import os
import signal
import sys
import threading
import time
from multiprocessing.connection import wait

from workload import mix, start, start_method, still_wanted

PATIENCE = 30
STEPS = 2000
PAUSE = 0.001

# One that nothing else ends a process with.
EXIT_CODE = 86


def raise_exception():
    raise RuntimeError("a fault on purpose, to measure a claim")


def recurse():
    return recurse() + 1


def catch_exception():
    try:
        raise_exception()
    except RuntimeError:
        pass


def kill():
    os.kill(os.getpid(), signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    time.sleep(PATIENCE)


# Windows tells ctypes of a bad address, which makes an exception of it.
FAULTS = {
    "exception": raise_exception,
    "recursion": recurse,
    "abort": os.abort,
    "segfault": lambda: ctypes.string_at(0),
    "exit": lambda: os._exit(EXIT_CODE),
    "kill": kill,
    "caught": catch_exception,
}


# How a process ends that dies of a fault: its exit code, or the negative number of the signal (SIGABRT, SIGSEGV, SIGKILL).
ENDS = {"exception": 1, "recursion": 1, "abort": -6, "segfault": -11, "exit": EXIT_CODE, "kill": -9}

# What ends the thread that it happens on, and a process only where that is its main thread.
ENDS_THREAD = ("exception", "recursion")


def cause(kind):
    if os.name == "posix":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    FAULTS[kind]()


def fold(state):
    for step in range(STEPS):
        state = mix(state ^ step)
    return state


def expected(index, seed):
    return fold(fold(start(index, seed)))


def process_task(connection, parents_end, index, seed, kind):
    """A task of its own process; goes on until the parent says so."""
    parents_end.close()
    state = fold(start(index, seed))
    connection.send("begun")
    if kind is not None:
        connection.recv()
        cause(kind)
    else:
        while not connection.poll(PAUSE):
            fold(0)
        connection.recv()
    connection.send(fold(state))


def check_end(process, kind, is_fatal):
    """Sees to it that a process whose task is lost has ended of the fault, and not of anything else."""
    process.join(PATIENCE)
    code = process.exitcode
    if code is None:
        raise RuntimeError(f"a process that was to end by the fault '{kind}' did not end")
    if not (code == 0 if not is_fatal else code == ENDS[kind] if os.name == "posix" else code != 0):
        raise RuntimeError(f"a process ended with code {code}, and not as the fault '{kind}' ends it")


class ProcessTask:
    def __init__(self, context, index, seed, kind=None):
        self.expected = expected(index, seed)
        self.connection, childs_end = context.Pipe()
        self.process = context.Process(
            target=process_task, args=(childs_end, self.connection, index, seed, kind), daemon=True)
        self.process.start()
        childs_end.close()

    def receive(self):
        """What the process sends, or None once it is gone."""
        ready = wait([self.connection, self.process.sentinel], PATIENCE)
        if not ready:
            raise RuntimeError(f"a task neither went on nor ended within {PATIENCE} s")
        try:
            return self.connection.recv() if self.connection.poll() or self.connection in ready else None
        except (EOFError, OSError):
            return None

    def go_on(self):
        try:
            self.connection.send("go on")
        except OSError:
            pass

    def finish(self):
        """Whether the task finishes with the right result."""
        self.go_on()
        is_right = self.receive() == self.expected
        self.process.join(PATIENCE)
        self.connection.close()
        return is_right


def try_processes(context, tasks, victim, seed, kind):
    crew = [ProcessTask(context, index, seed, kind if index == victim else None) for index in range(tasks)]
    if not all([task.receive() == "begun" for task in crew]):
        raise RuntimeError("a process ended before all tasks had begun")
    crew[victim].go_on()
    is_lost = crew[victim].receive() is None
    if is_lost:
        check_end(crew[victim].process, kind, is_fatal=kind in ENDS)
    lost_at = time.perf_counter()
    retry = None
    recovery = None
    if is_lost:
        retry = ProcessTask(context, victim, seed)
        is_begun = retry.receive() == "begun"
        recovery = time.perf_counter() - lost_at
        retry = is_begun and retry.finish()
    finished = sum(crew[index].finish() for index in range(tasks) if index != victim)
    return {"victim_lost": is_lost, "victim_recovered": bool(retry), "others_finished": finished,
            "recovery_seconds": recovery if retry else None}


def thread_tasks(connection, parents_end, tasks, victim, seed, kind):
    """Tasks on the threads of one process; they go on until the thread that fails has ended, and the process has not."""
    parents_end.close()
    begun = threading.Barrier(tasks)
    is_over = threading.Event()
    outbox = threading.Lock()

    def execute(index):
        state = fold(start(index, seed))
        with outbox:
            connection.send((index, None))
        begun.wait(PATIENCE)
        if index == victim:
            cause(kind)
        while index != victim and not is_over.wait(PAUSE):
            fold(0)
        checksum = fold(state)
        with outbox:
            connection.send((index, checksum))

    threads = [threading.Thread(target=execute, args=(index,), daemon=True) for index in range(tasks)]
    for thread in threads:
        thread.start()
    threads[victim].join()
    is_over.set()
    for thread in threads:
        thread.join(PATIENCE)


def try_threads(context, tasks, victim, seed, kind):
    connection, childs_end = context.Pipe()
    process = context.Process(
        target=thread_tasks, args=(childs_end, connection, tasks, victim, seed, kind), daemon=True)
    process.start()
    childs_end.close()
    begun = set()
    finished = set()
    try:
        while connection.poll(PATIENCE):
            index, checksum = connection.recv()
            if checksum is None:
                begun.add(index)
            elif checksum == expected(index, seed):
                finished.add(index)
        raise RuntimeError(f"the fault '{kind}' ended neither its thread nor the process within {PATIENCE} s")
    except (EOFError, OSError):
        pass
    connection.close()
    if len(begun) < tasks:
        raise RuntimeError("a process ended before all tasks had begun")
    if len(finished) < tasks:
        check_end(process, kind, is_fatal=kind in ENDS and kind not in ENDS_THREAD)
    return {"victim_lost": victim not in finished, "victim_recovered": False,
            "others_finished": len(finished - {victim}), "recovery_seconds": None}


def main():
    options = json.loads(sys.argv[1])
    context = multiprocessing.get_context(start_method())
    attempt = try_processes if options["crew"] == "processes" else try_threads
    tasks = options["tasks"]
    trials = []
    for trial, kind in enumerate(options["kinds"]):
        still_wanted()
        result = attempt(context, tasks, trial % tasks, options["seed"] + trial, kind)
        trials.append(dict(result, kind=kind, others=tasks - 1))
    print(json.dumps(trials))


if __name__ == "__main__":
    main()
