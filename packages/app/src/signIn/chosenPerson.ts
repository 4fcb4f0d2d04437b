import { DEMO_PEOPLE, DemoPerson } from './demoPeople';

const KEY = 'modelport.demo-user';

/** The person of the demo who signed in last in this browser and did not sign out. */
export function readChosenPerson(): DemoPerson | undefined {
  const id = window.localStorage.getItem(KEY);
  return DEMO_PEOPLE.find(person => person.id === id);
}

/** Remembers the person for the next visit. */
export function rememberChosenPerson(person: DemoPerson): void {
  window.localStorage.setItem(KEY, person.id);
}

/** Lets the next visit ask again. */
export function forgetChosenPerson(): void {
  window.localStorage.removeItem(KEY);
}
