import { TestApiProvider } from '@backstage/frontend-test-utils';
import { SignalApi, signalApiRef } from '@backstage/plugin-signals-react';
import { act, renderHook } from '@testing-library/react';
import { ReactNode } from 'react';
import { usePromotionSignal } from './usePromotionSignal';

/** Signals that the test sends. */
function signalsOf() {
  const listeners = new Set<(text: string) => void>();
  const signals: SignalApi = {
    subscribe: (_channel, onMessage) => {
      const listener = (text: string) => onMessage(JSON.parse(text));
      listeners.add(listener);
      return { unsubscribe: () => listeners.delete(listener) };
    },
  };
  const send = (...ids: string[]) =>
    act(() => {
      for (const id of ids) {
        listeners.forEach(listener => listener(JSON.stringify({ id })));
      }
    });
  return { signals, send, listeners };
}

it('hears of its own promotion, whatever else is told at the same time', () => {
  const { signals, send, listeners } = signalsOf();
  const onChange = jest.fn();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <TestApiProvider apis={[[signalApiRef, signals]]}>
      {children}
    </TestApiProvider>
  );
  const { unmount } = renderHook(
    () => usePromotionSignal(onChange, { only: '7' }),
    { wrapper },
  );
  send('7', '8');
  expect(onChange).toHaveBeenCalledTimes(1);
  send('8');
  expect(onChange).toHaveBeenCalledTimes(1);
  unmount();
  expect(listeners.size).toBe(0);
});
