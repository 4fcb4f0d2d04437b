import { ErrorPanel, ProxiedSignInPage } from '@backstage/core-components';
import { SignInPageProps } from '@backstage/plugin-app-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Logo } from '../navigation/Logo';
import {
  forgetChosenPerson,
  readChosenPerson,
  rememberChosenPerson,
} from './chosenPerson';
import { DEMO_PEOPLE, DemoPerson } from './demoPeople';
import { forgetOnSignOut } from './forgetOnSignOut';
import { PersonCard } from './PersonCard';

/** Offers the people of the demo, and signs in as the one who was chosen last. */
export function DemoSignIn({ onSignInSuccess }: SignInPageProps) {
  const [person, setPerson] = useState(readChosenPerson);
  const [attempt, setAttempt] = useState(1);

  const choose = (chosen: DemoPerson) => {
    rememberChosenPerson(chosen);
    setPerson(chosen);
  };
  const tryAgain = () => setAttempt(attempt + 1);
  const forget = () => {
    forgetChosenPerson();
    setPerson(undefined);
  };

  if (person) {
    return (
      <ProxiedSignInPage
        key={attempt}
        provider="demo"
        headers={{ 'x-demo-user': person.id }}
        onSignInSuccess={identity =>
          onSignInSuccess(forgetOnSignOut(identity, forgetChosenPerson))
        }
        ErrorComponent={({ error }) => (
          <Box sx={{ p: 4 }}>
            <ErrorPanel
              title={`Signing in as ${person.name} did not work`}
              error={error ?? new Error('The portal did not say why')}
              defaultExpanded
            />
            <Box sx={{ mt: 2, display: 'flex', gap: 2 }}>
              <Button variant="contained" onClick={tryAgain}>
                Try again
              </Button>
              <Button variant="outlined" onClick={forget}>
                Choose again
              </Button>
            </Box>
          </Box>
        )}
      />
    );
  }

  return (
    <Box component="main" sx={{ maxWidth: 1000, mx: 'auto', px: 3, py: 8 }}>
      <Box sx={{ color: 'primary.main', mb: 2 }}>
        <Logo size={56} />
      </Box>
      <Typography variant="h3" component="h1" gutterBottom>
        Modelport
      </Typography>
      <Typography sx={{ mb: 4 }}>
        This is the demo. Choose who you want to be; you can sign out and be
        someone else in the settings.
      </Typography>
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))',
        }}
      >
        {DEMO_PEOPLE.map(each => (
          <PersonCard key={each.id} person={each} onChoose={choose} />
        ))}
      </Box>
    </Box>
  );
}
