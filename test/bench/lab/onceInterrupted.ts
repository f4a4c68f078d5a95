const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Ends this process when somebody interrupts it, after an action. Gives what makes it deaf again. */
export function onceInterrupted(action: () => Promise<void>): () => void {
  const end = (): void => {
    deaf();
    void action().finally(() => process.exit(130));
  };
  const deaf = (): void => {
    for (const signal of SIGNALS) process.off(signal, end);
  };
  for (const signal of SIGNALS) process.on(signal, end);
  return deaf;
}
