"""Times empty tasks in a warm multiprocessing.Pool: reads task counts from stdin, prints seconds."""
import multiprocessing
import sys
import time


def empty(index):
    return index


def main():
    with multiprocessing.Pool(int(sys.argv[1])) as pool:
        for line in sys.stdin:
            tasks = range(int(line))
            began = time.perf_counter()
            for _ in pool.imap_unordered(empty, tasks, chunksize=1):
                pass
            print(time.perf_counter() - began, flush=True)


if __name__ == "__main__":
    main()
