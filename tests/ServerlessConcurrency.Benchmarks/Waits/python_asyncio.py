"""Times concurrent waits of 100 ms in asyncio: reads task counts from stdin, prints seconds."""
import asyncio
import sys
import time


async def wait_for(tasks):
    began = time.perf_counter()
    await asyncio.gather(*(asyncio.sleep(0.1) for _ in range(tasks)))
    return time.perf_counter() - began


def main():
    for line in sys.stdin:
        print(asyncio.run(wait_for(int(line))), flush=True)


if __name__ == "__main__":
    main()
