import Avatar from '@mui/material/Avatar';
import Card from '@mui/material/Card';
import CardActionArea from '@mui/material/CardActionArea';
import CardContent from '@mui/material/CardContent';
import Typography from '@mui/material/Typography';
import { DemoPerson } from './demoPeople';

/** One person of the demo to sign in as. */
export function PersonCard(props: {
  person: DemoPerson;
  onChoose(person: DemoPerson): void;
}) {
  const { person, onChoose } = props;
  return (
    <Card variant="outlined">
      <CardActionArea
        onClick={() => onChoose(person)}
        aria-label={`Sign in as ${person.name}, ${person.role}, ${person.team}`}
      >
        <CardContent>
          <Avatar sx={{ mb: 2, bgcolor: 'primary.main' }} aria-hidden>
            {person.name[0]}
          </Avatar>
          <Typography variant="h5" component="h2">
            {person.name}
          </Typography>
          <Typography color="text.secondary" gutterBottom>
            {person.role}, {person.team}
          </Typography>
          <Typography variant="body2">{person.purpose}</Typography>
        </CardContent>
      </CardActionArea>
    </Card>
  );
}
