import { describe, expect, it, vi } from "vitest";
import { Closers, closing, type Signals, Stopped } from "../src/closers.ts";

/** A process whose signals the test sends. */
class FakeProcess implements Signals {
  readonly listeners = new Map<string, () => void>();
  readonly exits: number[] = [];
  on(signal: string, listener: () => void): void {
    this.listeners.set(signal, listener);
  }
  off(signal: string): void {
    this.listeners.delete(signal);
  }
  exit(code: number): void {
    this.exits.push(code);
  }
}

describe("closers", () => {
  it("close in the reverse order, each once", async () => {
    const order: number[] = [];
    const closers = new Closers();
    for (const number of [1, 2, 3]) closers.add(async () => order.push(number));
    await closers.closeAll();
    await closers.closeAll();
    expect(order).toEqual([3, 2, 1]);
  });

  it("are waited for by whoever closes a second time", async () => {
    let release = (): void => {};
    let closed = false;
    const closers = new Closers();
    closers.add(async () => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      closed = true;
    });
    const first = closers.closeAll();
    const second = closers.closeAll().then(() => closed);
    await new Promise((resolve) => setImmediate(resolve));
    release();
    await first;
    expect(await second).toBe(true);
  });

  it("go on when one fails, and say so", async () => {
    const lines: string[] = [];
    let closed = false;
    const closers = new Closers((line) => lines.push(line));
    closers.add(async () => {
      closed = true;
    });
    closers.add(() => Promise.reject(new Error("stuck")));
    await closers.closeAll();
    expect(closed).toBe(true);
    expect(lines).toEqual(["lab: closing failed: stuck"]);
  });
});

describe("by default", () => {
  it("complaints go to standard error", async () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => {});
    try {
      const closers = new Closers();
      closers.add(() => Promise.reject("a text"));
      await closers.closeAll();
      expect(said).toHaveBeenCalledWith("lab: closing failed: a text");
    } finally {
      said.mockRestore();
    }
  });
});

describe("closing", () => {
  it("closes after the work and listens no longer", async () => {
    const signals = new FakeProcess();
    const order: string[] = [];
    const value = await closing(async (closers) => {
      closers.add(async () => order.push("closed"));
      order.push("worked");
      return 7;
    }, signals);
    expect([value, order, signals.listeners.size]).toEqual([7, ["worked", "closed"], 0]);
  });

  it("closes after work that failed", async () => {
    let closed = false;
    const work = closing(async (closers) => {
      closers.add(async () => {
        closed = true;
      });
      throw new Error("no");
    }, new FakeProcess());
    await expect(work).rejects.toThrow("no");
    expect(closed).toBe(true);
  });

  it("waits for the work to notice, and closes what it opened meanwhile", async () => {
    const signals = new FakeProcess();
    const order: string[] = [];
    let open = (): void => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const work = closing(async (closers) => {
      await opened;
      order.push("opened");
      closers.add(async () => order.push("closed"));
      order.push("went on");
    }, signals);
    signals.listeners.get("SIGINT")?.();
    await new Promise((resolve) => setImmediate(resolve));
    expect(signals.exits).toEqual([]);
    open();
    await expect(work).rejects.toThrow(new Stopped());
    await new Promise((resolve) => setImmediate(resolve));
    expect(order).toEqual(["opened", "closed"]);
    expect(signals.exits).toEqual([130]);
  });

  it("waits no longer than ten seconds", async () => {
    vi.useFakeTimers();
    try {
      const signals = new FakeProcess();
      void closing(() => new Promise(() => {}), signals);
      signals.listeners.get("SIGTERM")?.();
      await vi.advanceTimersByTimeAsync(9_999);
      expect(signals.exits).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
      expect(signals.exits).toEqual([143]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("tells long work to end, and whoever waits for it", async () => {
    const closers = new Closers();
    closers.check();
    const waiting = closers.whenStopped();
    await closers.stop();
    await waiting;
    expect(() => closers.check()).toThrow(new Stopped());
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ])("closes on %s and then exits with %i; a second one does not wait", async (signal, code) => {
    const signals = new FakeProcess();
    let finish = (): void => {};
    let release = (): void => {};
    const work = closing(async (closers) => {
      closers.add(() => new Promise<void>((resolve) => (release = resolve)));
      await new Promise<void>((resolve) => (finish = resolve));
    }, signals);
    signals.listeners.get(signal)?.();
    await new Promise((resolve) => setImmediate(resolve));
    expect(signals.exits).toEqual([]);
    signals.listeners.get(signal)?.();
    expect(signals.exits).toEqual([code]);
    release();
    await new Promise((resolve) => setImmediate(resolve));
    expect(signals.exits.at(-1)).toBe(code);
    finish();
    await work;
  });
});
