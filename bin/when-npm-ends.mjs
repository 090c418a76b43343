/**
 * Calls back when this process was started by npm and npm is gone: npm does not pass a SIGTERM on to what it started
 * (`docker stop`, `kill`), and what it started would run on without an owner.
 * @param {() => void} callback
 */
export function whenNpmEnds(callback) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, 500);
  timer.unref();
}
