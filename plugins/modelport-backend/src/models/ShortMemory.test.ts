import { ShortMemory } from './ShortMemory';

describe('ShortMemory', () => {
  let now: number;
  let memory: ShortMemory<string>;
  const ask = jest.fn();

  beforeEach(() => {
    now = 0;
    memory = new ShortMemory({ milliseconds: 10, most: 2, now: () => now });
    ask.mockReset().mockImplementation(async () => 'yes');
  });

  it('asks once, until the time is over', async () => {
    await memory.get('a', ask);
    now = 9;
    await expect(memory.get('a', ask)).resolves.toBe('yes');
    expect(ask).toHaveBeenCalledTimes(1);
    now = 10;
    await memory.get('a', ask);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('asks for every question of its own, and forgets the oldest', async () => {
    await memory.get('a', ask);
    await memory.get('b', ask);
    await memory.get('c', ask);
    expect(ask).toHaveBeenCalledTimes(3);
    await memory.get('c', ask);
    await memory.get('a', ask);
    expect(ask).toHaveBeenCalledTimes(4);
  });

  it('forgets everything when told so', async () => {
    await memory.get('a', ask);
    memory.clear();
    await memory.get('a', ask);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('does not remember failures', async () => {
    ask.mockRejectedValueOnce(new Error('no'));
    await expect(memory.get('a', ask)).rejects.toThrow('no');
    await expect(memory.get('a', ask)).resolves.toBe('yes');
  });
});
