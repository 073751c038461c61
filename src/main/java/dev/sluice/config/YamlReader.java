package dev.sluice.config;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads YAML as far as a settings file needs it. A key that stands twice is refused, where most
 * readers let the last one win; so are application tags and anchors that hold themselves.
 */
final class YamlReader {
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

  private final List<Problem> problems;

  /** The nodes around the one being read, for an alias may lead back to one of them. */
  private final Deque<Node> around = new ArrayDeque<>();

  YamlReader(List<Problem> problems) {
    this.problems = problems;
  }

  /** The whole file; blank if it says nothing or is no YAML. */
  Value read(String text) {
    if (text.isBlank()) {
      refuse("", 0, "is empty");
    }
    try {
      Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
      return root == null ? new Value.Blank(0) : value("", root, line(root));
    } catch (YAMLException e) {
      refuse("", e instanceof MarkedYAMLException marked ? line(marked) : 0, sentence(e));
      return new Value.Blank(0);
    }
  }

  /** What the parser says, but for what it quotes: that may be a piece of a secret. */
  private static String sentence(YAMLException e) {
    String said = e instanceof MarkedYAMLException marked ? marked.getProblem() : null;
    if (said == null) {
      return "is not YAML, or refers to its own parts too often";
    }
    return said.contains("undefined")
        ? "is not YAML: a text that begins with * or ! has to stand in quotes"
        : "is not YAML: " + said;
  }

  private Value value(String path, Node node, int line) {
    if (around.contains(node)) {
      refuse(path, line, "refers to a section that it is a part of");
      return new Value.Blank(line);
    }
    if (!node.getTag().startsWith(Tag.PREFIX)) {
      refuse(path, line, "has a tag; a text that begins with ! has to stand in quotes");
    }
    around.push(node);
    Value value = read(path, node, line);
    around.pop();
    return value;
  }

  private Value read(String path, Node node, int line) {
    if (node instanceof MappingNode mapping) {
      return new Value.Block(members(path, mapping), line);
    }
    if (node instanceof SequenceNode sequence) {
      List<Value> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(value(path + "[" + items.size() + "]", item, line(item)));
      }
      return new Value.Items(items, line);
    }
    return scalar((ScalarNode) node, line);
  }

  private Map<String, Value> members(String path, MappingNode mapping) {
    Map<String, Value> members = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      int line = line(tuple.getKeyNode());
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        String below = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
        Value former = members.put(key.getValue(), value(below, tuple.getValueNode(), line));
        if (former != null) {
          refuse(below, line, "stands twice, first in line " + former.line());
        }
      } else {
        refuse(path, line, "has a key that is not a text");
      }
    }
    return members;
  }

  private static Value scalar(ScalarNode node, int line) {
    boolean plain = node.getScalarStyle() == ScalarStyle.PLAIN;
    return plain && NULLS.contains(node.getValue())
        ? new Value.Blank(line)
        : new Value.Text(node.getValue(), line);
  }

  private void refuse(String path, int line, String message) {
    problems.add(new Problem(path, line, message));
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private static int line(MarkedYAMLException e) {
    return e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
  }
}
