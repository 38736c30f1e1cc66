/** Deskside's own sign, two speech bubbles, in the colour of the text around it. */
export function teamsIcon(document: Document): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const attributes = { viewBox: '0 0 16 16', width: '16', height: '16', 'aria-hidden': 'true', focusable: 'false' };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  svg.style.cssText = 'flex:none;fill:none;stroke:currentColor;stroke-width:1.3;stroke-linejoin:round;display:block';
  for (const d of [
    'M2.5 2.5h7a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1H5.4L3.2 10.4V8.5h-.7a1 1 0 0 1-1-1v-4a1 1 0 0 1 1-1z',
    'M12.5 6h1a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1h-.7v1.7L10.7 12H7.5a1 1 0 0 1-1-1v-.4',
  ]) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

const SVG = 'http://www.w3.org/2000/svg';
