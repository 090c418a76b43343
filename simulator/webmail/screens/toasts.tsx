import { useCallback, useState } from 'preact/hooks';

const SHOWN_MS = 7000;

interface Toast {
  number: number;
  text: string;
}

let count = 0;

/** Short words at the lower edge that go by themselves. */
export function useToasts() {
  const [list, setList] = useState<Toast[]>([]);
  const show = useCallback((text: string) => {
    const toast = { number: ++count, text };
    setList((before) => [...before.slice(-2), toast]);
    setTimeout(() => setList((before) => before.filter((it) => it !== toast)), SHOWN_MS);
  }, []);
  const clear = useCallback(() => setList([]), []);
  return { list, show, clear };
}

export function Toasts({ toasts, busy }: { toasts: { list: Toast[] }; busy: string | null }) {
  return (
    <div class="toasts" role="status">
      {busy !== null && (
        <p class="toast busy">
          <span class="spinner" aria-hidden="true" />
          {busy}
        </p>
      )}
      {toasts.list.map((toast) => (
        <p key={toast.number} class="toast">
          {toast.text}
        </p>
      ))}
    </div>
  );
}
