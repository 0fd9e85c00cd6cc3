"""A program with a child, each of which holds so many megabytes for a moment: for the tests of the measuring."""

import os
import sys
import time


def main(megabytes: int) -> None:
    child = os.fork()
    held = b"\1" * (megabytes * 1_000_000)
    time.sleep(1)
    if child:
        os.waitpid(child, 0)
    else:
        os._exit(held[-1] - 1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
