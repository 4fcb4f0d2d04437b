import { FormColumns } from './columnsOfSample';
import { Role } from './proposeRoles';

/** The answers of the form that a sample fills in. */
export interface SampleAnswers {
  label?: string;
  id?: string;
  time?: string;
  series?: string;
  query?: string;
  protected?: string[];
  personal?: string[];
  columns?: FormColumns;
}

/** What the form asks of columns, by their roles; what no column has is left as it is. */
export function answersOfRoles(
  roles: ReadonlyMap<string, Role>,
): SampleAnswers {
  const named = (role: Role) =>
    [...roles].flatMap(([name, its]) => (its === role ? [name] : []));
  const single = (role: 'label' | 'id' | 'time' | 'series' | 'query') => {
    const [name] = named(role);
    return name === undefined ? {} : { [role]: name };
  };
  const several = (role: 'protected' | 'personal') => {
    const names = named(role);
    return names.length === 0 ? {} : { [role]: names };
  };
  return {
    ...single('label'),
    ...single('id'),
    ...single('time'),
    ...single('series'),
    ...single('query'),
    ...several('protected'),
    ...several('personal'),
  };
}
