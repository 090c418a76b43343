/**
 * The promise, or `late` after so many milliseconds. Office.js and the sign-in bridge may stay silent for ever, so every
 * call to them goes through here. What arrives later is ignored, failures included.
 */
export function within<T, L>(promise: Promise<T>, ms: number, late: L): Promise<T | L> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(late), ms);
    promise.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
