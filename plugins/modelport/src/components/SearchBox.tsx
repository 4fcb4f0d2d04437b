import ClearIcon from '@mui/icons-material/Clear';
import SearchIcon from '@mui/icons-material/Search';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { useEffect, useRef, useState } from 'react';

const PAUSE_MS = 250;

/** A search box that tells of what was typed after a pause, or at once by Enter. */
export function SearchBox(props: {
  value: string;
  onSearch: (value: string) => void;
  label: string;
  placeholder: string;
  clearLabel: string;
}) {
  const { value, onSearch, label, placeholder, clearLabel } = props;
  const [typed, setTyped] = useState(value);
  const told = useRef(value);

  useEffect(() => {
    if (value !== told.current) {
      told.current = value;
      setTyped(value);
    }
  }, [value]);

  useEffect(() => {
    if (typed === told.current) {
      return undefined;
    }
    const timer = setTimeout(() => {
      told.current = typed;
      onSearch(typed);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, onSearch]);

  const tell = (text: string) => {
    setTyped(text);
    told.current = text;
    onSearch(text);
  };
  return (
    <TextField
      size="small"
      value={typed}
      onChange={event => setTyped(event.target.value)}
      onKeyDown={event => {
        if (event.key === 'Enter') {
          tell(typed);
        }
      }}
      placeholder={placeholder}
      inputProps={{ 'aria-label': label, maxLength: 500, role: 'searchbox' }}
      InputProps={{
        startAdornment: (
          <InputAdornment position="start">
            <SearchIcon fontSize="small" />
          </InputAdornment>
        ),
        endAdornment: typed && (
          <InputAdornment position="end">
            <IconButton
              size="small"
              edge="end"
              aria-label={clearLabel}
              onClick={() => tell('')}
            >
              <ClearIcon fontSize="small" />
            </IconButton>
          </InputAdornment>
        ),
      }}
      sx={{
        flex: '1 1 180px',
        maxWidth: 480,
        bgcolor: 'background.paper',
      }}
    />
  );
}
