package com.cloudnestle.marketplace.benchmarks.jmh;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Manifest;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What a bundle says of one of its components.
 *
 * @param provided interfaces it offers
 * @param parameters how many its constructor has
 * @param references interface of each parameter that is a service, by the parameter's position
 * @param deactivate name of the method that ends it
 */
record ComponentDescription(
        String implementation,
        List<String> provided,
        int parameters,
        Map<Integer, String> references,
        Optional<String> deactivate) {

    /** Whether this is the constructor that the container would call. */
    boolean describes(Constructor<?> constructor) {
        Class<?>[] types = constructor.getParameterTypes();
        return types.length == parameters
                && references.entrySet().stream().allMatch(r -> types[r.getKey()].getName().equals(r.getValue()));
    }

    /** Those of all bundles on the class path. */
    static List<ComponentDescription> all() throws IOException {
        List<ComponentDescription> found = new ArrayList<>();
        ClassLoader loader = ComponentDescription.class.getClassLoader();
        for (URL manifest : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
            for (String path : paths(manifest)) {
                try (InputStream xml = new URL(manifest, "/" + path).openStream()) {
                    found.add(read(xml));
                }
            }
        }
        return found;
    }

    private static String[] paths(URL manifest) throws IOException {
        try (InputStream in = manifest.openStream()) {
            String header = new Manifest(in).getMainAttributes().getValue("Service-Component");
            return header == null ? new String[0] : header.split("\\s*,\\s*");
        }
    }

    private static ComponentDescription read(InputStream xml) throws IOException {
        try {
            Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml);
            NodeList provides = document.getElementsByTagName("provide");
            List<String> interfaces = new ArrayList<>();
            for (int i = 0; i < provides.getLength(); i++) {
                interfaces.add(((Element) provides.item(i)).getAttribute("interface"));
            }
            NodeList wanted = document.getElementsByTagName("reference");
            Map<Integer, String> references = new HashMap<>();
            for (int i = 0; i < wanted.getLength(); i++) {
                Element reference = (Element) wanted.item(i);
                if (reference.hasAttribute("parameter")) {
                    references.put(Integer.valueOf(reference.getAttribute("parameter")), reference.getAttribute("interface"));
                }
            }
            Element root = document.getDocumentElement();
            String init = root.getAttribute("init");
            String end = root.getAttribute("deactivate");
            return new ComponentDescription(
                    ((Element) document.getElementsByTagName("implementation").item(0)).getAttribute("class"),
                    interfaces,
                    init.isEmpty() ? 0 : Integer.parseInt(init),
                    references,
                    end.isEmpty() ? Optional.empty() : Optional.of(end));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(e);
        }
    }
}
