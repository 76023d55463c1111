"""The workloads of the .NET side: the same steps, the same checksums."""
import hashlib
import os
import sys
import time

MASK = (1 << 64) - 1
PARENT = os.getppid()


def still_wanted():
    """Ends this program once the one that started it is gone."""
    if os.name == "posix" and os.getppid() != PARENT:
        sys.exit(1)


def mix(value):
    value = (value + 0x9E3779B97F4A7C15) & MASK
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & MASK
    return value ^ (value >> 31)


def start(index, seed):
    return mix((mix(seed & MASK) + index) & MASK)


def is_odd_prime(candidate):
    divisor = 3
    while divisor * divisor <= candidate:
        if candidate % divisor == 0:
            return False
        divisor += 2
    return True


def primes(size, index, seed):
    checksum = start(index, seed)
    if size >= 2:
        checksum = mix(checksum ^ 2)
    for candidate in range(3, size + 1, 2):
        if is_odd_prime(candidate):
            checksum = mix(checksum ^ candidate)
    return checksum


def sha256(size, index, seed):
    digest = start(index, seed).to_bytes(8, "little") + bytes(24)
    for _ in range(size):
        digest = hashlib.sha256(digest).digest()
    return int.from_bytes(digest[:8], "little")


def delay(size, index, seed):
    time.sleep(size / 1000)
    return mix(start(index, seed) ^ size)


WORKLOADS = {"primes": primes, "sha256": sha256, "delay": delay}


def start_method():
    """How processes are started: by fork where there is one, as on Linux until Python 3.13."""
    import multiprocessing

    return "fork" if sys.platform.startswith("linux") else multiprocessing.get_start_method()
