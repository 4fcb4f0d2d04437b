import { PassErrors } from './PassErrors';

describe('PassErrors', () => {
  const problem = (index: number) => ({ where: 'x', message: String(index) });

  it('lists each thing once, whether it was met now or stands from before', () => {
    const errors = new PassErrors();
    errors.add([problem(1), problem(2), problem(1)]);
    const list = errors.listWith({
      standing: [problem(2), problem(3)],
      more: 0,
      where: 'fake',
    });
    expect(list.map(error => error.message)).toEqual(['1', '2', '3']);
    expect(
      errors.listWith({ standing: [], more: 0, where: 'fake' }),
    ).toHaveLength(2);
  });

  it('counts what it does not list', () => {
    const errors = new PassErrors();
    errors.add(Array.from({ length: 90 }, (_, index) => problem(index)));
    const list = errors.listWith({
      standing: Array.from({ length: 20 }, (_, index) => problem(100 + index)),
      more: 7,
      where: 'fake',
    });
    expect(list).toHaveLength(101);
    expect(list[100]).toMatchObject({
      where: 'fake',
      message: '17 more problems are not listed',
    });
  });
});
