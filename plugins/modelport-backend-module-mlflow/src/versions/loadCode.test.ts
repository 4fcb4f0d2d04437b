import { loadCode } from './loadCode';

const of = (model: string, workspace?: string) =>
  loadCode({ url: 'https://m.example.com', workspace, model, version: '3' });

describe('loadCode', () => {
  it('loads a version', () => {
    expect(of('fraud')).toBe(
      [
        'import mlflow',
        '',
        'mlflow.set_tracking_uri("https://m.example.com")',
        'model = mlflow.pyfunc.load_model("models:/fraud/3")',
      ].join('\n'),
    );
  });

  it('sets the workspace', () => {
    expect(of('fraud', 'team-a')).toContain('mlflow.set_workspace("team-a")\n');
  });

  it.each([
    ['a b', '"models:/a b/3"'],
    ["quo'te", '"models:/quo\'te/3"'],
    ['dou"ble', '"models:/dou\\"ble/3"'],
    ['back\\slash', '"models:/back\\\\slash/3"'],
    ['%2e%2e', '"models:/%2e%2e/3"'],
    ['模型😀', '"models:/模型😀/3"'],
  ])('escapes %j for Python', (model, literal) => {
    expect(of(model)).toContain(`load_model(${literal})`);
  });

  it.each(['q?m', '@at', 'tab\tname', 'line\nbreak'])(
    'loads %j by its files, because its models:/ address would be read wrongly',
    model => {
      expect(of(model)).toContain(
        `get_model_version_download_uri(${JSON.stringify(model)}, "3")`,
      );
      expect(of(model)).not.toContain('models:/');
    },
  );
});
