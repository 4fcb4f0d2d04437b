import { render, screen, waitFor } from '@testing-library/react';
import { useCanvas } from './useCanvas';

const PIECES = 20;

function Drawing(props: {
  draw: (context: CanvasRenderingContext2D) => Iterator<undefined>;
}) {
  const { box, canvas } = useCanvas(100, props.draw);
  return (
    <div ref={box}>
      <canvas ref={canvas} role="img" aria-label="Marks" />
    </div>
  );
}

class NeverResized implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

describe('useCanvas', () => {
  const { ResizeObserver } = window;

  beforeEach(() => {
    window.ResizeObserver = NeverResized;
  });

  afterEach(() => {
    jest.restoreAllMocks();
    window.ResizeObserver = ResizeObserver;
  });

  it('draws pieces in slices, says that it is busy, and stops where nobody looks any more', async () => {
    jest
      .spyOn(HTMLElement.prototype, 'clientWidth', 'get')
      .mockReturnValue(500);
    const context = Object.assign(Object.create(null), {
      setTransform: () => undefined,
      clearRect: () => undefined,
    });
    jest
      .spyOn(HTMLCanvasElement.prototype, 'getContext')
      .mockReturnValue(context);
    let now = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => {
      now += 20;
      return now;
    });
    let drawn = 0;
    const draw = function* pieces() {
      for (let piece = 0; piece < PIECES; piece++) {
        drawn++;
        yield undefined;
      }
      return undefined;
    };
    const { unmount } = render(<Drawing draw={draw} />);
    const canvas = await screen.findByRole('img', { name: 'Marks' });
    expect(canvas).toHaveAttribute('aria-busy', 'true');
    expect(drawn).toBeLessThan(PIECES);
    await waitFor(() => expect(canvas).not.toHaveAttribute('aria-busy'));
    expect(drawn).toBe(PIECES);
    unmount();

    drawn = 0;
    render(<Drawing draw={draw} />).unmount();
    const before = drawn;
    // What another canvas draws whole comes after what the gone one had still to draw.
    render(
      <Drawing
        draw={function* others() {
          for (let piece = 0; piece < PIECES; piece++) {
            yield undefined;
          }
          return undefined;
        }}
      />,
    );
    const other = await screen.findByRole('img', { name: 'Marks' });
    expect(other).toHaveAttribute('aria-busy', 'true');
    await waitFor(() => expect(other).not.toHaveAttribute('aria-busy'));
    expect(drawn).toBe(before);
  });
});
