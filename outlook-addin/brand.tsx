/** Whose pane this is: the organisation's name and logo on its colour. */
import type { PaneBrand } from '../shared/branding.ts';

export function Brand({ brand }: { brand: PaneBrand }) {
  const { organisation, colour, logo } = brand;
  if (!organisation && !logo) return null;
  // White letters can be read on it: the server has seen to that.
  const dress = (element: HTMLElement | null) => {
    if (element && colour) element.style.setProperty('--brand', colour);
  };
  return (
    <p class={colour ? 'brand coloured' : 'brand'} ref={dress}>
      {logo && <img src={logo} alt="" height={24} />}
      {organisation && <strong>{organisation}</strong>}
    </p>
  );
}
