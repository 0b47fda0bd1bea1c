package com.cloudnestle.marketplace.solutions.awsfinder.internal;

import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.embedding.EmbeddingModel;
import com.cloudnestle.marketplace.solution.Solution;
import com.cloudnestle.marketplace.solution.SolutionHealth;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.CatalogReader;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.Catalogue;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.rest.SearchResource;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The solution as the platform sees it. With a malformed catalogue it does not start. */
@Component(service = Solution.class)
public final class AwsSolutionFinder implements Solution {

    static final String ID = "aws-solution-finder";

    private static final SolutionDescriptor DESCRIPTOR = SolutionDescriptor.of(
                    ID,
                    "AWS Solution Finder",
                    "Describe a problem in your own words and find the AWS services, reference architectures and solutions that solve it.",
                    "search")
            .withAliases("faiss")
            .withCategory("Cloud architecture")
            .withTierProfile("daily")
            .withStartPath("search");

    private final Catalogue catalogue;
    private final CurrentEngine engine;
    private final SearchResource resource;

    @Activate
    public AwsSolutionFinder() {
        this(CatalogReader.shipped());
    }

    AwsSolutionFinder(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.engine = new CurrentEngine(catalogue);
        this.resource = new SearchResource(catalogue, engine::search);
    }

    @Override
    public SolutionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<Object> resources() {
        return List.of(resource);
    }

    @Override
    public SolutionHealth health() {
        return SolutionHealth.healthy(catalogue.items().size() + " entries indexed, embeddings by " + engine.modelName());
    }

    /** Somebody offers a better model: search goes on with the old one until the new index stands. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindModel(EmbeddingModel model) {
        engine.use(model);
    }

    /** Called after a replacement, if there is one, was bound. */
    public void unbindModel(EmbeddingModel model) {
        engine.drop(model);
    }

    @Deactivate
    public void close() {
        engine.close();
    }
}
