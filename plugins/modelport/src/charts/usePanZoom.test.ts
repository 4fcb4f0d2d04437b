import { movedView, WHOLE } from './usePanZoom';

describe('the part of an axis', () => {
  it('is zoomed around a place, which stays where it is', () => {
    const half = movedView(WHOLE, { factor: 2, around: 0.25 });
    expect(half).toEqual({ zoom: 2, start: 0.125 });
    // What stood at a quarter of the whole stands at a quarter of the part.
    expect(half.start + 0.25 / half.zoom).toBe(0.25);
    expect(movedView(half, { factor: 1 / 2, around: 0.25 })).toEqual(WHOLE);
  });

  it('never leaves the axis', () => {
    const half = { zoom: 2, start: 0.5 };
    expect(movedView(half, { by: 1 })).toEqual(half);
    expect(movedView(half, { by: -9 })).toEqual({ zoom: 2, start: 0 });
    expect(movedView(half, { by: -0.5 })).toEqual({ zoom: 2, start: 0.25 });
    expect(movedView(WHOLE, { by: 0.5 })).toEqual(WHOLE);
    expect(movedView(WHOLE, { factor: 1 / 8 })).toEqual(WHOLE);
    expect(movedView(WHOLE, { factor: 1e6 }).zoom).toBe(64);
  });
});
