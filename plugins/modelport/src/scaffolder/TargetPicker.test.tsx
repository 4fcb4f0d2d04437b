import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderField } from './__testUtils__/renderField';
import { TargetPicker } from './TargetPicker';

describe('TargetPicker', () => {
  it('sends what is chosen, and takes it back', async () => {
    const sent = renderField<string[]>(TargetPicker, { title: 'Targets' });
    expect(screen.getByRole('group', { name: 'Targets' })).toBeVisible();
    await userEvent.click(screen.getByLabelText(/^SageMaker/));
    await userEvent.click(screen.getByLabelText(/^Kubernetes with KServe/));
    expect(sent.at(-1)).toEqual(['sagemaker', 'kubernetes']);
    await userEvent.click(screen.getByLabelText(/^SageMaker/));
    expect(sent.at(-1)).toEqual(['kubernetes']);
  });

  it('is reached and used by keyboard', async () => {
    const sent = renderField<string[]>(TargetPicker, { value: ['azureml'] });
    const azure = screen.getByLabelText(/^Azure ML/);
    expect(azure).toBeChecked();
    await userEvent.tab();
    expect(screen.getByLabelText(/^SageMaker/)).toHaveFocus();
    await userEvent.tab();
    expect(azure).toHaveFocus();
    await userEvent.keyboard(' ');
    expect(sent.at(-1)).toEqual([]);
    await userEvent.tab();
    await userEvent.keyboard(' ');
    expect(sent.at(-1)).toEqual(['databricks']);
  });

  it('says what each choice brings', () => {
    renderField<string[]>(TargetPicker, {});
    expect(screen.getAllByRole('checkbox')).toHaveLength(4);
    expect(
      screen.getByLabelText(/A bundle: a job, a model in Unity Catalog/),
    ).toBeInTheDocument();
  });
});
