"""Messages from one process to another by each mechanism, compared there with the ones expected."""
import hashlib
import json
import multiprocessing
import os
import socket
import statistics
import sys
import threading
import time

from workload import still_wanted


class Content:
    """The messages of a size, which both processes make for themselves: the same bytes, with a number that makes each another."""

    def __init__(self, size, seed):
        self.bytes = bytearray(hashlib.shake_128(str(seed).encode()).digest(size))

    def number(self, number):
        self.bytes[:8] = number.to_bytes(8, "little")
        return self.bytes


class Channel:
    """A mechanism's end."""

    def window(self, size):
        """How many messages may be under way. Never reached by those that fill buffers; answers would, and both would wait."""
        return 64


class Pipe(Channel):
    """multiprocessing.Pipe, one in each direction."""

    def __init__(self, incoming, outgoing):
        self.incoming, self.outgoing = incoming, outgoing

    def send(self, message):
        self.outgoing.send_bytes(message)

    def receive(self, size):
        return self.incoming.recv_bytes()

    def answer(self, intact):
        self.outgoing.send_bytes(b"1" if intact else b"0")

    def answered(self):
        return self.incoming.recv_bytes() == b"1"


class Socket(Channel):
    """A Unix domain socket."""

    def __init__(self, connection):
        self.connection = connection

    def send(self, message):
        self.connection.sendall(message)

    def receive(self, size):
        buffer = bytearray(size)
        view = memoryview(buffer)
        while view:
            received = self.connection.recv_into(view)
            if not received:
                raise EOFError("the other process is gone")
            view = view[received:]
        return buffer

    def answer(self, intact):
        self.send(b"1" if intact else b"0")

    def answered(self):
        return self.receive(1) == b"1"


class Queue(Channel):
    """multiprocessing.Queue, one in each direction."""

    PATIENCE = 60

    def __init__(self, incoming, outgoing):
        self.incoming, self.outgoing = incoming, outgoing

    def send(self, message):
        self.outgoing.put(bytes(message))

    def receive(self, size):
        return self.incoming.get(timeout=self.PATIENCE)

    def answer(self, intact):
        self.outgoing.put(intact)

    def answered(self):
        return self.incoming.get(timeout=self.PATIENCE)


class Memory(Channel):
    """
    multiprocessing.shared_memory, with pipes to announce messages; copied out, as CPython compares bytes faster than views. There is
    room for some, which are filled one after another and then over again.
    """

    MOST_ROOMS = 8

    def __init__(self, memory, signals):
        self.memory, self.signals = memory, signals
        self.sent = self.received = 0

    def window(self, size):
        return max(1, min(self.memory.size // size, self.MOST_ROOMS))

    def room(self, number, size):
        start = number % self.window(size) * size
        return slice(start, start + size)

    def send(self, message):
        self.memory.buf[self.room(self.sent, len(message))] = message
        self.sent += 1
        self.signals.answer(True)

    def receive(self, size):
        self.signals.answered()
        self.received += 1
        return bytes(self.memory.buf[self.room(self.received - 1, size)])

    def answer(self, intact):
        self.signals.answer(intact)

    def answered(self):
        return self.signals.answered()


def pipes(context):
    to_second, to_first = context.Pipe(duplex=False), context.Pipe(duplex=False)
    return Pipe(to_first[0], to_second[1]), Pipe(to_second[0], to_first[1])


def queues(context):
    to_second, to_first = context.Queue(), context.Queue()
    return Queue(to_first, to_second), Queue(to_second, to_first)


def end_with(parent):
    """Ends this process once the first is gone: a fork keeps the first's ends of all pipes open."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def compare(orders, channels, seed):
    """The second process."""
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    contents = {}
    while True:
        order = orders.recv()
        if order is None:
            break
        mechanism, size, first, messages = order
        if size not in contents:
            contents[size] = Content(size, seed)
        channel = channels[mechanism]
        for index in range(messages):
            expected = contents[size].number(first + index)
            channel.answer(channel.receive(size) == expected)


def send_block(channel, content, first, messages):
    times, intact = [], 0
    for index in range(messages):
        message = content.number(first + index)
        began = time.perf_counter()
        channel.send(message)
        intact += bool(channel.answered())
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1e6, intact


def send_stream(channel, content, size, first, messages):
    under_way = intact = 0
    began = time.perf_counter()
    for index in range(messages):
        if under_way == channel.window(size):
            intact += bool(channel.answered())
            under_way -= 1
        message = content.number(first + index)
        channel.send(message)
        under_way += 1
    for _ in range(under_way):
        intact += bool(channel.answered())
    return (time.perf_counter() - began) / messages * 1e6, intact


def links_of(context, memory):
    links = {"multiprocessing.Pipe": pipes(context)}
    if hasattr(socket, "AF_UNIX") and os.name == "posix":
        links["Unix domain socket"] = tuple(Socket(end) for end in socket.socketpair())
    links["multiprocessing.Queue"] = queues(context)
    links["multiprocessing.shared_memory"] = tuple(Memory(memory, end) for end in pipes(context))
    return links


def measure(options, links, orders):
    kinds = [(False, size, messages) for size, messages in zip(options["sizes"], options["messages"])]
    kinds += [(True, size, options["stream_bytes"] // size) for size in options["stream_sizes"]]
    contents = {size: Content(size, options["seed"]) for _, size, _ in kinds}
    blocks, number = [], 0
    # The first round touches memory for the first time.
    for counted in [False] + [True] * options["rounds"]:
        still_wanted()
        for streamed, size, messages in kinds:
            for mechanism, ends in links.items():
                orders.send((mechanism, size, number, messages))
                if streamed:
                    microseconds, intact = send_stream(ends[0], contents[size], size, number, messages)
                else:
                    microseconds, intact = send_block(ends[0], contents[size], number, messages)
                number += messages
                if counted:
                    blocks.append({
                        "mechanism": mechanism,
                        "bytes": size,
                        "streamed": streamed,
                        "sent": messages,
                        "intact": intact,
                        "microseconds": microseconds,
                    })
    return blocks


def main(options):
    from multiprocessing.shared_memory import SharedMemory

    fork = sys.platform == "linux" and "fork" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if fork else "spawn")
    memory = SharedMemory(create=True, size=max(options["sizes"]))
    try:
        links = links_of(context, memory)
        orders, theirs = context.Pipe()
        second = context.Process(
            target=compare, args=(theirs, {name: ends[1] for name, ends in links.items()}, options["seed"]), daemon=True)
        second.start()
        blocks = measure(options, links, orders)
        orders.send(None)
        second.join()
    finally:
        memory.close()
        memory.unlink()
    print(json.dumps(blocks))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
