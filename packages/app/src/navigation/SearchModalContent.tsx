import {
  appTreeApiRef,
  useApi,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import searchPlugin from '@backstage/plugin-search/alpha';
import {
  DefaultResultListItem,
  SearchBar,
  SearchResult,
  SearchResultPager,
} from '@backstage/plugin-search-react';
import { SearchResultListItemBlueprint } from '@backstage/plugin-search-react/alpha';
import ForwardIcon from '@mui/icons-material/ArrowForward';
import CloseIcon from '@mui/icons-material/Close';
import Button from '@mui/material/Button';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import IconButton from '@mui/material/IconButton';
import List from '@mui/material/List';
import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router-dom';

/** How the page of the search shows results: what plugins attach to it. */
function useResultItems() {
  const { tree } = useApi(appTreeApiRef).getTree();
  const attached =
    tree.nodes.get('page:search')?.edges.attachments.get('items') ?? [];
  return attached.flatMap(
    node =>
      node.instance?.getData(SearchResultListItemBlueprint.dataRefs.item) ?? [],
  );
}

/** What the dialog of the search shows: each result as the page of the search shows it, under its own icon. */
export function SearchModalContent(props: { toggleModal: () => void }) {
  const { toggleModal } = props;
  const items = useResultItems();
  const navigate = useNavigate();
  const searchPath = useRouteRef(searchPlugin.routes.root)?.() ?? '/search';
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const toAll = () => {
    const query = input.current?.value ?? '';
    navigate(`${searchPath}?${new URLSearchParams({ query })}`);
    toggleModal();
  };
  return (
    <>
      <DialogTitle
        sx={{
          display: 'grid',
          gridTemplateColumns: '1fr auto',
          alignItems: 'center',
          gap: 1,
        }}
      >
        <SearchBar inputProps={{ ref: input }} onSubmit={toAll} />
        <IconButton aria-label="Close" onClick={toggleModal}>
          <CloseIcon />
        </IconButton>
      </DialogTitle>
      <DialogContent dividers>
        <SearchResult>
          {({ results }) => (
            <List disablePadding>
              {results.map(({ document, ...result }) => {
                const found = items.find(({ predicate }) =>
                  predicate?.({ document, ...result }),
                );
                const Item = found?.component ?? DefaultResultListItem;
                return (
                  <Item key={document.location} {...result} result={document} />
                );
              })}
            </List>
          )}
        </SearchResult>
      </DialogContent>
      <DialogActions sx={{ justifyContent: 'space-between' }}>
        <SearchResultPager />
        <Button endIcon={<ForwardIcon />} onClick={toAll}>
          View full results
        </Button>
      </DialogActions>
    </>
  );
}
